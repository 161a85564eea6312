"""suds, by the WSDL: suds_client.py URL literal|encoded"""
import base64
import hashlib
import json
import os
import sys
import suds
from suds.client import Client
from suds.sax.date import DateTime
from suds.wsse import Security, Token, UsernameToken
from report import ODD, check, expect, values

url, style = sys.argv[1], sys.argv[2]
literal = style == 'literal'
wsdl = f'{url}/soap?wsdl' + ('' if literal else '=encoded')
client = Client(wsdl, cache=None)

# what an array's type is called and where its items are
ARRAYS = {'list': ('ArrayOfString', 'item'), 'records': ('ArrayOfEntry', 'item'), 'map': ('MapOfInt', 'entry')}


def call(operation, *params):
    return getattr(client.service, operation)(*params)


def fault(operation, *params):
    try:
        call(operation, *params)
    except suds.WebFault as reason:
        return reason.fault
    raise AssertionError('there was no fault')


def items(kind, value):
    """The items of an array: rpc/encoded has them in a list at once, document/literal in a wrapper, empty as a text."""
    return getattr(value, ARRAYS[kind][1], []) if literal else value


def get(kind, name):
    value = call(f'edges_get_{kind}', name)
    match kind:
        case 'string':
            return value or ''  # an empty element is None
        case 'bytes':
            return base64.b64decode(value or '')
        case 'json':
            return json.loads(value)
        case 'list':
            return [item or '' for item in items(kind, value)]
        case 'records':
            return items(kind, value)
        case 'map':
            return {entry.key: entry.value for entry in items(kind, value)}
    return value


def array(kind, value):
    name, member = ARRAYS[kind]
    wrapper = client.factory.create(name)
    if not literal:
        return value or wrapper  # suds leaves an empty list out, but not its empty array type
    setattr(wrapper, member, value)
    return wrapper


def entry(key, value):
    made = client.factory.create('MapOfInt_entry')
    made.key, made.value = key, value
    return made


def put(kind, name, value):
    match kind:
        case 'bytes':
            value = base64.b64encode(value).decode()
        case 'json':
            value = json.dumps(value)
        case 'map':
            value = array(kind, [entry(*one) for one in value.items()])
        case 'list' | 'records':
            value = array(kind, value)
    return call(f'edges_put_{kind}', name, value)


def declared():
    error = fault('test_fail', ODD).detail.TestRefusedFault
    expect((error.code, error.data.reason, int(error.data.attempts)), ('test-refused', ODD, 3))
    return 'suds.WebFault, its fault.detail an object with numbers as text: suds reads a detail without its schema'


def params():
    error = fault('test_greet', '').detail.PolywireFault
    expect((error.code, error.issues.item.path), ('invalid-params', 'name'))
    return 'suds.WebFault, its fault.detail an object with issues'


def known(**options):
    return Client(wsdl, cache=None, **options).service.edges_who()


def token():
    expect(known(headers={'Authorization': f"Bearer {os.environ['POLYWIRE_TOKEN']}"}), 'ana')


def wsse(digest):
    token = UsernameToken(os.environ['POLYWIRE_USER'], os.environ['POLYWIRE_PASSWORD'])
    if digest:
        nonce, created = os.urandom(16), Token.utc()
        proof = hashlib.sha1(nonce + f'{DateTime(created)}{token.password}'.encode()).digest()
        token.setnonce(base64.b64encode(nonce).decode())
        token.setcreated(created)
        token.setpassworddigest(base64.b64encode(proof).decode())
    security = Security()
    security.tokens.append(token)
    expect(known(wsse=security), 'ana')


check('echo', lambda: expect(call('test_echo', ODD), ODD))
values(get, put)
check('list-of-one', lambda: expect(get('list', 'one'), ['only']))
check('default.absent', lambda: expect(call('edges_put_default', 'absent'), 'exact'))
check('nothing', lambda: expect(call('edges_nothing') or None, None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
check('wsse.text', lambda: wsse(False))
check('wsse.digest', lambda: wsse(True))
