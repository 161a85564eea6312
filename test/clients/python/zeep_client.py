"""zeep, by the WSDL: zeep_client.py URL 1.1|1.2"""
import os
import sys
import requests
import zeep
from zeep.wsse.username import UsernameToken
from report import ODD, check, expect, values

url, version = sys.argv[1], sys.argv[2]
wsdl = f'{url}/soap?wsdl' + ('=1.2' if version == '1.2' else '')
client = zeep.Client(wsdl)


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


def declared():
    error = detail(fault('test_fail', reason=ODD), 'TestRefusedFault')
    expect((error.code, error.data.reason, error.data.attempts), ('test-refused', ODD, 3))
    return 'zeep.exceptions.Fault, whose detail the WSDL types: TestRefusedFault'


def params():
    error = detail(fault('test_greet', name=''), 'PolywireFault')
    expect((error.code, error.issues['item'][0].path), ('invalid-params', 'name'))
    return 'zeep.exceptions.Fault, typed detail with issues'


def known(**options):
    return zeep.Client(wsdl, **options).service.edges_who()


def token():
    session = requests.Session()
    session.headers['Authorization'] = f"Bearer {os.environ['POLYWIRE_TOKEN']}"
    expect(known(transport=zeep.Transport(session=session)), 'ana')


def wsse(digest):
    user, password = os.environ['POLYWIRE_USER'], os.environ['POLYWIRE_PASSWORD']
    expect(known(wsse=UsernameToken(user, password, use_digest=digest)), 'ana')


def filled(value, declared):
    """zeep reads an empty element as None: where the WSDL declares no nil, that is the empty value of the type."""
    if value is None:
        return declared('') if isinstance(declared, zeep.xsd.AnySimpleType) else declared()
    for name, element in getattr(declared, 'elements', ()):
        if element.accepts_multiple:
            value[name] = [filled(item, element.type) for item in value[name]]
        elif not (value[name] is None and (element.nillable or element.is_optional)):
            value[name] = filled(value[name], element.type)
    return value


def put(kind, name, value):
    element = client.get_element(f'{{urn:polywire}}edges_put_{kind}')
    declared = dict(element.type.elements)['value'].type
    # zeep takes the wrapper off when a result has one member only: lists and maps
    whole = declared(value) if isinstance(value, list) else value
    return call(f'edges_put_{kind}', name=name, value=filled(whole, declared))


check('echo', lambda: expect(call('test_echo', string=ODD), ODD))
values(lambda kind, name: call(f'edges_get_{kind}', name=name), put)
check('list-of-one', lambda: expect(call('edges_get_list', name='one'), ['only']))
check('default.absent', lambda: expect(call('edges_put_default', name='absent'), 'exact'))
check('nothing', lambda: expect(call('edges_nothing'), None))
check('fault.declared', declared)
check('fault.params', params)
check('token', token)
check('wsse.text', lambda: wsse(False))
check('wsse.digest', lambda: wsse(True))
