"""requests, over REST"""
import os
import sys
import requests
from json_values import back, native
from report import ODD, check, expect, values

session = requests.Session()


def read(name, /, **params):
    """By GET, its parameters in the query."""
    return session.get(f'{sys.argv[1]}/rest/{name}', params=params)


def write(name, /, **params):
    """By POST, its parameters as JSON."""
    return session.post(f'{sys.argv[1]}/rest/{name}', json=params)


def result(response):
    response.raise_for_status()
    return response.json()['result']


def get(kind, name):
    return native(kind, result(read(f'edges.get_{kind}', name=name)))


def put(kind, name, value):
    return result(write(f'edges.put_{kind}', name=name, value=back(kind, value)))


def fault(response):
    """What raise_for_status raises, and the error object."""
    try:
        response.raise_for_status()
    except requests.HTTPError as reason:
        return reason.response.status_code, reason.response.json()['error']
    raise AssertionError('there was no fault')


def declared():
    status, error = fault(read('test.fail', reason=ODD))
    expect((status, error['code'], error['data']), (409, 'test-refused', {'reason': ODD, 'attempts': 3}))
    return 'requests.HTTPError with status 409, reason and attempts in the body'


def params():
    status, error = fault(read('test.greet', name=''))
    expect((status, error['issues'][0]['path']), (400, 'name'))
    return 'requests.HTTPError with status 400, the path in the body'


def token():
    session.headers['Authorization'] = f"Bearer {os.environ['POLYWIRE_TOKEN']}"
    expect(result(read('edges.who')), 'ana')


check('echo', lambda: expect(result(read('test.echo', string=ODD)), ODD))
values(get, put)
check('list-of-one', lambda: expect(result(read('edges.get_list', name='one')), ['only']))
check('default.absent', lambda: expect(result(write('edges.put_default', name='absent')), 'exact'))
check('nothing', lambda: expect(write('edges.nothing').json()['result'], None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
