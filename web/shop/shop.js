// The shop: see index.html.
