"""Values that JSON has no type for, as Python has them, and back."""
import base64
import datetime
import decimal


def _utc(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))


_NATIVES = {
    'int64': (int, str),
    'decimal': (decimal.Decimal, str),
    'date': (datetime.date.fromisoformat, datetime.date.isoformat),
    'datetime': (_utc, datetime.datetime.isoformat),
    'bytes': (base64.b64decode, lambda value: base64.b64encode(value).decode()),
}


def native(kind, value):
    return _NATIVES[kind][0](value) if kind in _NATIVES else value


def back(kind, value):
    return _NATIVES[kind][1](value) if kind in _NATIVES else value
