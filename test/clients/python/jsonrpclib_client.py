"""jsonrpclib-pelix"""
import json
import os
import sys
import jsonrpclib
from jsonrpclib.history import History
from jsonrpclib.jsonrpc import AppError
from json_values import back, native
from report import ODD, check, expect, values

url = f'{sys.argv[1]}/jsonrpc'
history = History()
server = jsonrpclib.ServerProxy(url, history=history)


def call(name, /, proxy=server, **params):
    return getattr(proxy, name)(**params)


def get(kind, name):
    return native(kind, call(f'edges.get_{kind}', name=name))


def put(kind, name, value):
    return call(f'edges.put_{kind}', name=name, value=back(kind, value))


def fault(name, /, **params):
    try:
        call(name, **params)
    except jsonrpclib.ProtocolError as reason:
        return reason
    raise AssertionError('there was no fault')


def declared():
    reason = fault('test.fail', reason=ODD)
    data = reason.data()
    expect((type(reason), reason.args[0][0]), (AppError, 1002))
    expect((data['code'], data['data']), ('test-refused', {'reason': ODD, 'attempts': 3}))
    return 'jsonrpclib.jsonrpc.AppError with code 1002; reason and attempts in data()'


def params():
    reason = fault('test.greet', name='')
    expect(reason.args[0][0], -32602)
    # of the codes of the specification it keeps no data but in its history
    data = json.loads(history.response)['error']['data']
    expect(data['issues'][0]['path'], 'name')
    return 'jsonrpclib.ProtocolError with code -32602, the path in its History'


def token():
    headers = {'Authorization': f"Bearer {os.environ['POLYWIRE_TOKEN']}"}
    expect(call('edges.who', proxy=jsonrpclib.ServerProxy(url, headers=headers)), 'ana')


check('echo', lambda: expect(call('test.echo', string=ODD), ODD))
values(get, put)
check('list-of-one', lambda: expect(call('edges.get_list', name='one'), ['only']))
check('default.absent', lambda: expect(call('edges.put_default', name='absent'), 'exact'))
check('nothing', lambda: expect(call('edges.nothing'), None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
