"""Reading of reports: what each kind of file gives, and the one line that each fault gets."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Report
from kg.reports import Fault, Note, read_reports
from kg.reports.files import SUFFIXES, Row, read_rows

ENGLISH = "Troops took the town of Gao on Friday, an army spokesman said, and they have not left it since."
FRENCH = "Les troupes ont pris la ville de Gao vendredi, selon un porte-parole, et elles y sont restées depuis."


def read(*inputs: Path | str) -> list[Report | Fault | Note]:
    return list(read_reports([str(entry) for entry in inputs]))


def only(path: Path) -> Report:
    (report,) = read(path)
    assert isinstance(report, Report)
    return report


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def refused(path: Path) -> Fault:
    (fault,) = read(path)
    assert isinstance(fault, Fault)
    assert fault.path == str(path)
    assert "\n" not in fault.message
    return fault


@pytest.mark.parametrize(
    ("text", "issued", "rest"),
    [
        (ENGLISH, None, ENGLISH),
        (f"date 2017-11-08 {ENGLISH}", date(2017, 11, 8), ENGLISH),
        (f" date 2017-11-08 {ENGLISH}", date(2017, 11, 8), ENGLISH),
        (f"Date: 2017-11-08\n\n{ENGLISH}", date(2017, 11, 8), ENGLISH),
        (f"\ufeffdate 2017-11-08 {ENGLISH}", date(2017, 11, 8), ENGLISH),
        (f"\ufeff{ENGLISH}", None, ENGLISH),
        ("Date palms were burned in the town on Friday.", None, "Date palms were burned in the town on Friday."),
        (f"{ENGLISH} date 2017-11-08", None, f"{ENGLISH} date 2017-11-08"),
    ],
)
def test_the_date_line_is_read_and_the_text_kept(tmp_path: Path, text: str, issued: date | None, rest: str) -> None:
    report = only(write(tmp_path / "gao.txt", text))
    assert report.id == "gao"
    assert report.text == text
    assert report.issued == issued
    assert report.text[report.body :] == rest


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_read_text(tmp_path: Path, newline: str) -> None:
    path = write(tmp_path / "gao.txt", newline.join(["date 2017-11-08", "Gao falls", "", ENGLISH]))
    assert only(path).text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"date 2017-11-08\nGao falls to the army\n\n{ENGLISH}", "Gao falls to the army"),
        (f"GAO: FLASH UPDATE No. 3\n{ENGLISH}", "GAO: FLASH UPDATE No. 3"),
        (f"The army took Gao.\n{ENGLISH}", None),
        (f"{ENGLISH}\n\n{ENGLISH}", None),
        ("Gao falls to the army", None),
        (f"{'Gao falls and ' * 20}\n{ENGLISH}", None),
    ],
)
def test_a_headline_is_a_short_first_line_that_ends_as_no_sentence_does(tmp_path: Path, text: str, title: str) -> None:
    assert only(write(tmp_path / "gao.txt", text)).title == title


def test_every_annotated_report_is_read(gold: Path) -> None:
    for folder in ("dev", "real"):
        paths = sorted((gold / folder).glob("*.txt"))
        assert [entry.id for entry in read(gold / folder) if isinstance(entry, Report)] == [path.stem for path in paths]
        for path in paths:
            report = only(path)
            assert report.text == path.read_text(encoding="utf-8")
            assert report.issued == date.fromisoformat(json.loads(path.with_suffix(".json").read_text())["date"])


ROW = {
    "id": "gao-1",
    "text": ENGLISH,
    "date": "2017-11-08",
    "title": "Gao falls",
    "publisher": "AFP",
    "url": "https://a.example/1",
}
REPORT = Report(
    id="gao-1",
    text=ENGLISH,
    issued=date(2017, 11, 8),
    title="Gao falls",
    publisher="AFP",
    url="https://a.example/1",
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps(ROW)),
        ("a.jsonl", "\ufeff" + json.dumps({**ROW, "date": "2017-11-08T10:30:00Z", "words": 19}) + "\n\n"),
        (
            "a.csv",
            f'id,text,date,title,publisher,url\ngao-1,"{ENGLISH}",2017-11-08,Gao falls,AFP,https://a.example/1\n',
        ),
        (
            "a.csv",
            "\ufeffURL,Date,Text,ID,publisher,Title\r\n"
            f'https://a.example/1,2017-11-08,"{ENGLISH}",gao-1,AFP,Gao falls\r\n',
        ),
    ],
)
def test_rows_of_json_lines_and_csv(tmp_path: Path, name: str, content: str) -> None:
    assert only(write(tmp_path / name, content)) == REPORT


def test_rows_need_no_more_than_id_and_text_and_a_date_line_counts(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps({"id": 7, "text": f"date 2017-11-08 {ENGLISH}"}))
    assert only(path) == Report(id="7", text=f"date 2017-11-08 {ENGLISH}", issued=date(2017, 11, 8), body=16)


def test_a_csv_text_may_span_lines_and_be_longer_than_the_csv_module_allows(tmp_path: Path) -> None:
    text = f"{ENGLISH}\n\n{ENGLISH} " * 1500
    assert only(write(tmp_path / "a.csv", f'id,text\nlong,"{text}"\n')).text == text


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("a.txt", "", None, ("empty",)),
        ("a.txt", " \n", None, ("empty",)),
        ("a.txt", "date 2017-11-08\n\n", None, ("empty",)),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None, ("binary", "extract")),
        ("a.txt", bytes(range(1, 256)) * 40, None, ("binary",)),
        ("a.csv", b"PK\x03\x04\x14\x00\x06\x00", None, ("binary",)),
        ("a.txt", ENGLISH.encode("utf-16"), None, ("UTF-16", "iconv -f utf-16 -t utf-8")),
        ("a.txt", f"Gao\n{FRENCH}".encode("latin-1"), 2, ("not UTF-8", "0xe9", "iconv -f latin1 -t utf-8")),
        ("a.txt", ENGLISH * 53_000, None, ("1,000,000", "split")),
        ("a.txt", FRENCH, None, ("French", "only English")),
        ("a.txt", "Die Truppen haben die Stadt nach dem Angriff auf das Lager verlassen.", None, ("German",)),
        ("a.txt", "القوات السورية تحاصر تنظيم الدولة الإسلامية في البوكمال", None, ("another script",)),
        ("a.txt", "Suomen joukot ovat saartaneet kaupungin keskiviikkona " * 10, None, ("another language",)),
        ("a.txt", f"date 2017-13-08 {ENGLISH}", None, ("'2017-13-08'", "YYYY-MM-DD")),
        ("a.txt", f"date 8/11/2017 {ENGLISH}", None, ("'8/11/2017'", "YYYY-MM-DD")),
        ("a.pdf", "%PDF-1.7", None, ("name does not tell", "*.txt")),
        ("a", ENGLISH, None, ("name does not tell",)),
        ("a.jsonl", '{"id": "a", "text"', 1, ("broken JSON at column",)),
        ("a.jsonl", '["a"]', 1, ("JSON object", '"text"')),
        ("a.jsonl", '{"id": "a"}', 1, ("no text",)),
        ("a.jsonl", '{"text": "Gao fell."}', 1, ("no id",)),
        ("a.jsonl", '{"id": "a", "text": ["Gao fell."]}', 1, ("'text'", "string")),
        ("a.jsonl", '{"id": true, "text": "Gao fell."}', 1, ("'id'", "string")),
        ("a.jsonl", '{"id": "a", "text": "Gao fell.", "date": "last Friday"}', 1, ("'last Friday'", "YYYY-MM-DD")),
        ("a.jsonl", '\n{"id": "a", "text": "Gao café"}'.encode("latin-1"), 2, ("not UTF-8",)),
        ("a.jsonl", '{"id": "a", "text": "Gao \\ud83d fell"}', 1, ("half a character",)),
        ("a.jsonl", '{"id": ' + "9" * 5000 + "}", 1, ("broken JSON",)),
        ("a.jsonl", "[" * 100_000, 1, ("broken JSON",)),
        ("a.csv", "\ufeff", 1, ("no column id",)),
        ("a.csv", "id;text\n1;Gao fell\n", 1, ("no column id and no column text", "commas")),
        ("a.csv", "id,body\n1,Gao fell\n", 1, ("no column text",)),
        ("a.csv", "id,text\n1,Gao fell, they said\n", 2, ("3 cells", "quote")),
        ("a.csv", "id,text\n1,\n", 2, ("no text",)),
        ("a.csv", "id,text\n1,Gao café\n".encode("latin-1"), 2, ("not UTF-8", "0xe9")),
        ("a.csv", 'id,text\n1,"Gao fell\n', 2, ("broken CSV", "quotes")),
    ],
)
def test_what_is_no_report_gets_one_fault_with_its_cure(
    tmp_path: Path, name: str, content: str | bytes, line: int | None, said: tuple[str, ...]
) -> None:
    fault = refused(write(tmp_path / name, content))
    assert fault.line == line
    for words in said:
        assert words in fault.message


@given(content=st.binary() | st.text().map(str.encode), suffix=st.sampled_from(SUFFIXES))
def test_no_content_is_an_error(content: bytes, suffix: str) -> None:
    assert all(isinstance(entry, Row | Fault) for entry in read_rows(content, "a", suffix))


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\r\t")


@given(texts=st.lists(st.text(LETTERS, min_size=1).filter(str.strip), min_size=1))
def test_a_text_in_json_lines_and_csv_is_kept_to_the_letter(texts: list[str]) -> None:
    lines, table = io.StringIO(), io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["id", "text"])
    for number, text in enumerate(texts):
        lines.write(json.dumps({"id": number, "text": text}) + "\n")
        writer.writerow([number, text])
    for content, suffix in ((lines, ".jsonl"), (table, ".csv")):
        rows = list(read_rows(content.getvalue().encode(), "a", suffix))
        assert [row.text for row in rows if isinstance(row, Row)] == texts


def test_a_missing_path_and_a_folder_without_reports(tmp_path: Path) -> None:
    assert "no such file" in refused(tmp_path / "missing.txt").message
    write(tmp_path / "empty" / "readme.md", "nothing")
    assert "holds no report" in refused(tmp_path / "empty").message


def test_a_fault_names_its_path_and_line() -> None:
    assert str(Fault("a.csv", 3, "no text")) == "a.csv, line 3: no text"
    assert str(Fault("a.txt", None, "empty")) == "a.txt: empty"


def test_the_good_rows_beside_a_broken_line_are_read(tmp_path: Path) -> None:
    rows = [json.dumps({"id": name, "text": f"{name} {ENGLISH}"}) for name in "abd"]
    path = write(tmp_path / "a.jsonl", "\n".join([*rows[:2], '{"id": "c", ', rows[2]]))
    assert [entry.id if isinstance(entry, Report) else entry.line for entry in read(path)] == ["a", "b", 3, "d"]


def test_a_folder_is_read_to_the_bottom_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "c/y.TXT", "a/.hidden.txt", ".git/x.txt", "a/z.json", "notes.md"):
        write(tmp_path / name, f"{name} {ENGLISH}")
    assert [entry.id for entry in read(tmp_path) if isinstance(entry, Report)] == ["z", "b", "y"]


def test_a_file_that_is_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", ENGLISH)
    assert len(read(path, tmp_path, path)) == 1


def test_reports_with_one_id(tmp_path: Path) -> None:
    write(tmp_path / "1.txt", f"One. {ENGLISH}")
    write(tmp_path / "may" / "1.txt", f"May. {ENGLISH}")
    write(tmp_path / "june" / "1.txt", f"One. {ENGLISH}")
    read_in_order = read(tmp_path)
    assert [entry.id for entry in read_in_order if isinstance(entry, Report)] == ["1", "may/1"]
    (note,) = [entry for entry in read_in_order if isinstance(entry, Note)]
    assert note.path == str(tmp_path / "june" / "1.txt")


def test_ids_do_not_depend_on_the_order_of_inputs(tmp_path: Path) -> None:
    one = write(tmp_path / "april" / "1.txt", f"April. {ENGLISH}")
    other = write(tmp_path / "may" / "1.txt", f"May. {ENGLISH}")
    expected = [("1", "April."), ("may/1", "May.")]
    for inputs in ((one, other), (other, one)):
        assert [(entry.id, entry.text.split()[0]) for entry in read(*inputs) if isinstance(entry, Report)] == expected


def test_rows_with_one_id_take_their_file_into_it(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", json.dumps({"id": "1", "text": ENGLISH}))
    write(tmp_path / "b.jsonl", json.dumps({"id": "1", "text": f"Again. {ENGLISH}"}))
    assert [entry.id for entry in read(tmp_path) if isinstance(entry, Report)] == ["1", "b/1"]


@pytest.mark.parametrize(
    ("content", "id"), [(f"date 2017-11-08 {ENGLISH}", "stdin"), (json.dumps({"id": "gao", "text": ENGLISH}), "gao")]
)
def test_standard_input_is_a_report_or_json_lines(monkeypatch: pytest.MonkeyPatch, content: str, id: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    (report,) = read("-")
    assert isinstance(report, Report)
    assert report.id == id
