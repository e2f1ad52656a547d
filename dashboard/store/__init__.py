"""The data in a database: its tables, how folders come in and go out, how it is changed, and when it is read again."""
