"""Desk telephones fetch their configuration here (PRV-01).

`device` is what a telephone is told, whatever its maker; `build` makes it from the tables; `formats/` writes the file
formats and is the only place that escapes; `families/` says what each maker calls things (PHONE-SYSTEM 5.1 to 5.3);
`secrets` is what proves who asks, `answer` what a request gets, `limits` and `journal` what is remembered of it,
`freshness` which telephones must fetch again.
"""
