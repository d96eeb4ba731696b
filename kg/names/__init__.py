"""Names compared whatever their spelling: folded, transliterated, indexed."""
