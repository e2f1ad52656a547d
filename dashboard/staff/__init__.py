"""The staff area: pages behind a sign-in, below `/staff`.

They are documents made of templates, with plain forms: what is typed is checked here, and an error stands at its field.
Each area of work is a module with `routes(area)`, which gives its addresses; `AREAS` lists them, `guard.py` stands
before all of them. An address that does not say who may ask for it (`allow`) answers nobody.
"""
