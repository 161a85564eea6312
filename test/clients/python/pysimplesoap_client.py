"""pysimplesoap, by the WSDL: pysimplesoap_client.py URL"""
import base64
import datetime
import hashlib
import json
import os
import sys
import warnings
from pysimplesoap.client import SoapClient, SoapFault
from pysimplesoap.simplexml import SimpleXMLElement
from pysimplesoap.wsse import Base64Binary_URI, PasswordDigest_URI, UsernameToken, WSSE_URI, WSU_URI
from report import ODD, check, expect, values

warnings.simplefilter('ignore')  # pysimplesoap's own, of Python's deprecations
url = sys.argv[1]


def make_client(**options):
    # not strict, as an empty list is no known type to it
    return SoapClient(wsdl=f'{url}/soap?wsdl', cache=None, strict=False, **options)


client = make_client()


class Plugin:
    """What pysimplesoap asks of a plugin."""
    def postprocess(self, *_):
        pass


class Nil(Plugin):
    """Adds members of the value that are nil: pysimplesoap leaves out what is None."""
    def __init__(self, names):
        self.names = names

    def preprocess(self, client, request, *_):
        for name in self.names:
            request('value').add_child(name, ns=False)['xsi:nil'] = 'true'


class DigestToken(Plugin):
    """pysimplesoap's own UsernameDigestToken is written for Python 2."""
    def preprocess(self, client, request, method, args, kwargs, headers, soap_uri):
        nonce, created = os.urandom(16), f'{datetime.datetime.utcnow():%Y-%m-%dT%H:%M:%SZ}'
        proof = hashlib.sha1(nonce + (created + os.environ['POLYWIRE_PASSWORD']).encode()).digest()
        security = request('Header', ns=soap_uri).add_child('wsse:Security', ns=False)
        security['xmlns:wsse'], security['xmlns:wsu'] = WSSE_URI, WSU_URI
        token = security.add_child('wsse:UsernameToken', ns=False)
        token.add_child('wsse:Username', os.environ['POLYWIRE_USER'], ns=False)
        token.add_child('wsse:Password', base64.b64encode(proof).decode(), ns=False)['Type'] = PasswordDigest_URI
        token.add_child('wsse:Nonce', base64.b64encode(nonce).decode(), ns=False)['EncodingType'] = Base64Binary_URI
        token.add_child('wsu:Created', created, ns=False)


def call(operation, using=client, **params):
    answer = getattr(using, operation)(**params)
    return answer['result'] if answer else None


def items(rows):
    """The items of a list: an empty one has the list's own name in it, and an empty text is None."""
    return [row['item'] or '' for row in rows if 'item' in row]


def rows(texts):
    return [{'item': text} for text in texts]


def course(value):
    for section in value['sections']['item']:
        for module in section['modules']['item']:
            module['tags'] = rows(items(module['tags']))
            module['marks'] = module['marks'] or {}
    return value


def get(kind, name):
    value = call(f'edges_get_{kind}', name=name)
    match kind:
        case 'string':
            return value or ''
        case 'bytes':
            return base64.b64decode(value or '')
        case 'json':
            return json.loads(value)
        case 'list':
            return items(value)
        case 'records':
            return value['item']
        case 'map':
            return {entry['key']: entry['value'] for entry in value['entry']}
        case 'object':
            return course(value)
    return value


def put(kind, name, value):
    match kind:
        case 'bytes':
            value = base64.b64encode(value).decode()
        case 'json':
            value = json.dumps(value)
        case 'list':
            value = rows(value)
        case 'records':
            value = {'item': value}
        case 'map':
            value = {'entry': [{'key': key, 'value': inner} for key, inner in value.items()]}
        case 'nullable':
            client.plugins[:] = [Nil([member for member in value if value[member] is None])]
    try:
        return call(f'edges_put_{kind}', name=name, value=value)
    finally:
        client.plugins.clear()


def fault(operation, element, **params):
    """The error object: SoapFault does not find it by its prefixed name, but the answer has it."""
    try:
        call(operation, **params)
    except SoapFault as reason:
        expect(str(reason.faultcode), 'soap:Client')
        return SimpleXMLElement(client.xml_response)(f'tns:{element}')
    raise AssertionError('there was no fault')


TOLD = 'SoapFault with code and text; the error object is read from xml_response by SimpleXMLElement'


def declared():
    error = fault('test_fail', 'TestRefusedFault', reason=ODD)
    expect((str(error.code), str(error.data.reason), int(error.data.attempts)), ('test-refused', ODD, 3))
    return TOLD


def params():
    error = fault('test_greet', 'PolywireFault', name='')
    expect((str(error.code), str(error.issues.item.path)), ('invalid-params', 'name'))
    return TOLD


def known(**options):
    expect(call('edges_who', make_client(**options)), 'ana')


check('echo', lambda: expect(call('test_echo', string=ODD), ODD))
values(get, put)
check('list-of-one', lambda: expect(get('list', 'one'), ['only']))
check('default.absent', lambda: expect(call('edges_put_default', name='absent'), 'exact'))
check('nothing', lambda: expect(call('edges_nothing'), None))
check('fault.declared', declared)
check('fault.params', params)
check('token', lambda: known(http_headers={'Authorization': f"Bearer {os.environ['POLYWIRE_TOKEN']}"}))
check('wsse.text', lambda: known(plugins=[UsernameToken(os.environ['POLYWIRE_USER'], os.environ['POLYWIRE_PASSWORD'])]))
check('wsse.digest', lambda: known(plugins=[DigestToken()]))
