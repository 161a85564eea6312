"""xmlrpc.client of the standard library."""
import os
import sys
import xmlrpc.client
from report import ODD, check, expect, values

url = f'{sys.argv[1]}/xmlrpc'
server = xmlrpc.client.ServerProxy(url, use_builtin_types=True, allow_none=True)


def call(name, *params, proxy=server):
    return getattr(proxy, name)(*params)


def fault(name, *params):
    try:
        call(name, *params)
    except xmlrpc.client.Fault as reason:
        return reason
    raise AssertionError('there was no fault')


def declared():
    reason = fault('test.fail', ODD)
    expect(reason.faultCode, 1002)
    expect(reason.faultString.startswith('test-refused: The test was refused'), True)
    return f'xmlrpc.client.Fault with faultCode {reason.faultCode}'


def params():
    reason = fault('test.greet', '')
    expect(reason.faultCode, -32602)
    expect('[name: ' in reason.faultString, True)
    return 'xmlrpc.client.Fault whose faultString names the path'


def token():
    headers = [('Authorization', f"Bearer {os.environ['POLYWIRE_TOKEN']}")]
    known = xmlrpc.client.ServerProxy(url, headers=headers)
    expect(call('edges.who', proxy=known), 'ana')


check('echo', lambda: expect(call('test.echo', ODD), ODD))
values(lambda kind, name: call(f'edges.get_{kind}', name), lambda kind, name, value: call(f'edges.put_{kind}', name, value))
check('list-of-one', lambda: expect(call('edges.get_list', 'one'), ['only']))
check('default.absent', lambda: expect(call('edges.put_default', 'absent'), 'exact'))
check('nothing', lambda: expect(call('edges.nothing'), True))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
