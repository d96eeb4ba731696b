"""Triple stores, embedded and on the network: loaded, counted and asked."""
