"""What the Python programs share: the names of the values, and a line for each check."""
import os
import sys

ODD = 'Zoë & <Bob> ]]> \U0001F600'
VALUES = [name.split('.') for name in os.environ['POLYWIRE_VALUES'].split()]

sys.stdout.reconfigure(encoding='utf-8', newline='\n')


class Impossible(Exception):
    """The client cannot do it, for the reason given."""


def say(name, status, note=''):
    print(name, status, ' '.join(str(note).split()), sep='\t', flush=True)


def check(name, step):
    """Runs one check: it fails by an exception, and what it returns is told."""
    try:
        note = step()
        say(name, 'ok', '' if note is None else note)
    except Impossible as reason:
        say(name, 'impossible', reason)
    except Exception as reason:  # a program's report must go on
        say(name, 'wrong', f'{type(reason).__name__}: {reason}')


def expect(value, wanted):
    if value != wanted:
        raise AssertionError(f'{value!r} is not {wanted!r}')


def values(get, put):
    """Gets every value and sends it back; the server says what it makes of it."""
    for kind, name in VALUES:
        def step():
            said = put(kind, name, get(kind, name))
            if said not in ('exact', 'loss'):
                raise AssertionError(said)
        check(f'{kind}.{name}', step)
