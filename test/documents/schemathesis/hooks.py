"""What schemathesis is told of our documents beyond what they say, each where JSON Schema and Polywire disagree."""

import json
import re

import schemathesis
from hypothesis import strategies

LEAST, MOST = -(2**63), 2**63 - 1

# The pattern of 64-bit integers that are text has their digits; their range is in the name of the format.
schemathesis.openapi.format("int64", strategies.integers(LEAST, MOST).map(str))


def whole(value):
    """5.0 is an integer to JSON Schema (2020-12 validation 6.1.1); Polywire takes 5 alone, and floats in either form."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {key: whole(item) for key, item in value.items()}
    return value


FIRST_OR_LAST = re.compile(r"(0001-01-01|9999-12-31)T.*[+-][0-9]{2}:[0-9]{2}")


def within_years(value):
    """Moments lie between the years 1 and 9999 in UTC; the format tells of the years in their own zone."""
    if isinstance(value, str) and FIRST_OR_LAST.fullmatch(value):
        return value[:-6] + "Z"
    if isinstance(value, list):
        return [within_years(item) for item in value]
    if isinstance(value, dict):
        return {key: within_years(item) for key, item in value.items()}
    return value


def exact(value):
    """Numbers inside of `json` that a double would not repeat to the digit are refused; no schema tells of that."""
    if isinstance(value, int) and abs(value) > 2**53:
        return value % 2**53
    if isinstance(value, list):
        return [exact(item) for item in value]
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    return value


def without_exponent(value):
    """Decimals have no exponent, sent as numbers neither; Python writes one for what is small."""
    if isinstance(value, float) and "e" in repr(value):
        return 0.5
    if isinstance(value, dict):
        return {key: without_exponent(item) for key, item in value.items()}
    return value


WITH_DECIMALS = ("/rest/kinds.echo_decimal", "/rest/bookings.book", "/rest/bookings.put")


def exact_text(text):
    """The same for JSON text in a query."""
    try:
        return json.dumps(exact(whole(json.loads(text))))
    except (TypeError, ValueError):
        return text


@schemathesis.hook
def map_case(context, case):
    case.body = within_years(whole(case.body))
    case.query = within_years(whole(case.query))
    if case.operation.path in WITH_DECIMALS:
        case.body = without_exponent(case.body)
    if case.operation.path == "/rest/kinds.echo_json":
        case.body = exact(case.body)
        case.query = {name: exact_text(text) for name, text in (case.query or {}).items()}
    return case
