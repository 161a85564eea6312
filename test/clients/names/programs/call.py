"""The call by zeep: call.py URL-OF-WSDL. Every type is made, so that every name is looked at."""
import sys
import zeep

client = zeep.Client(sys.argv[1])
for service in client.wsdl.services.values():
    for port in service.ports.values():
        for operation in port.binding.all().values():
            operation.input.signature()
# `self` is Python's own word for where a method belongs, so that parameters go by position
print(client.service.echo('a', 7, True, 'b'))
