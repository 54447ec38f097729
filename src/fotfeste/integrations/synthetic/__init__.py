"""
A made-up youth population in the import formats: for the demo, for tests and for measuring.

Nobody here exists. Every identity number is of the Tenor kind (month + 80), every telephone number is in a series
no subscriber has, every e-mail address is under example.org. The same seed gives the same bytes.
Pure: no Django, no database, no clock.
"""
