"""Pages on paper: Typst sets runs of them (`press`), they are made ready and joined to one tagged file (`joining`)."""
