"""zeep, by the WSDL: zeep_client.py URL 1.1|1.2|encoded SCHEMA, which is the schema of SOAP's encoding"""
import os
import sys
import requests
import zeep
from zeep.cache import InMemoryCache
from zeep.wsse.username import UsernameToken
from report import ODD, Impossible, check, expect, values

url, mode, encoding_schema = sys.argv[1:]
encoded = mode == 'encoded'
ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/'
# in rpc/encoded zeep wants every parameter to be named
LEFT_OUT = zeep.xsd.SkipValue


class EncodingStyle(zeep.Plugin):
    """zeep leaves the encodingStyle out, by which SOAP 1.1 §4.1.1 tells rpc/encoded messages."""
    def egress(self, envelope, http_headers, operation, binding_options):
        envelope.set('{http://schemas.xmlsoap.org/soap/envelope/}encodingStyle', ENCODING)
        return envelope, http_headers


def make_client(session=None, **options):
    cache = InMemoryCache()
    with open(encoding_schema, 'rb') as schema:
        cache.add(ENCODING, schema.read())  # zeep would fetch it from there
    return zeep.Client(
        f'{url}/soap?wsdl' + ('' if mode == '1.1' else f'={mode}'),
        transport=zeep.Transport(session=session, cache=cache),
        plugins=[EncodingStyle()] if encoded else [],
        **options,
    )


client = make_client()
for array in client.wsdl.types.types:
    if getattr(array, '_array_type', None):
        for _, sequence in array.elements_nested:
            sequence[0].min_occurs = 0  # zeep wants one item at least of an encoded array


def call(operation, service=client.service, **params):
    return getattr(service, operation)(**params)


def fault(operation, **params):
    try:
        call(operation, **params)
    except zeep.exceptions.Fault as reason:
        return reason
    raise AssertionError('there was no fault')


def detail(reason, element):
    """The error object as the type that the WSDL declares for it."""
    declared = client.get_element('{urn:polywire}' + element)
    return declared.parse(reason.detail[0], client.wsdl.types)


def items(value):
    return value if encoded else value['item']


def declared():
    error = detail(fault('test_fail', reason=ODD), 'TestRefusedFault')
    expect((error.code, error.data.reason, error.data.attempts), ('test-refused', ODD, 3))
    return 'zeep.exceptions.Fault, whose detail the WSDL types: TestRefusedFault'


def params():
    error = detail(fault('test_greet', name='', greeting=LEFT_OUT), 'PolywireFault')
    expect((error.code, items(error.issues)[0].path), ('invalid-params', 'name'))
    return 'zeep.exceptions.Fault, typed detail with issues'


def known(**options):
    return make_client(**options).service.edges_who()


def token():
    session = requests.Session()
    session.headers['Authorization'] = f"Bearer {os.environ['POLYWIRE_TOKEN']}"
    expect(known(session=session), 'ana')


def wsse(digest):
    user, password = os.environ['POLYWIRE_USER'], os.environ['POLYWIRE_PASSWORD']
    expect(known(wsse=UsernameToken(user, password, use_digest=digest)), 'ana')


def filled(value, declared):
    """zeep reads an empty element as None: where the WSDL declares no nil, that is the empty value of the type."""
    if value is None:
        return declared('') if isinstance(declared, zeep.xsd.AnySimpleType) else declared()
    if isinstance(value, list):
        return value  # an encoded array
    for name, element in getattr(declared, 'elements', ()):
        if element.accepts_multiple:
            value[name] = [filled(item, element.type) for item in value[name]]
        elif not (value[name] is None and (element.nillable or element.is_optional)):
            value[name] = filled(value[name], element.type)
    return value


def put(kind, name, value):
    port = client.wsdl.services['PolywireService'].ports['PolywirePort']
    declared = dict(port.binding.get(f'edges_put_{kind}').input.body.type.elements)['value'].type
    if encoded and f'{kind}.{name}' == 'list.many' and '' not in value:
        raise Impossible('zeep leaves the empty items of an encoded array out')
    # zeep takes the wrapper off when a result has one member only: lists and maps
    whole = declared(value) if isinstance(value, list) and not encoded else value
    return call(f'edges_put_{kind}', name=name, value=filled(whole, declared))


check('echo', lambda: expect(call('test_echo', string=ODD), ODD))
values(lambda kind, name: call(f'edges_get_{kind}', name=name), put)
check('list-of-one', lambda: expect(call('edges_get_list', name='one'), ['only']))
check('default.absent', lambda: expect(call('edges_put_default', name='absent', value=LEFT_OUT), 'exact'))
check('nothing', lambda: expect(call('edges_nothing'), None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
check('wsse.text', lambda: wsse(False))
check('wsse.digest', lambda: wsse(True))
