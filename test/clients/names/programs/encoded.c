/* The call by a stub of gSOAP, rpc/encoded: call URL-OF-ENDPOINT */
#include "PolywireBinding.nsmap"
#include "soapH.h"

int main(int argc, char **argv)
{
    struct soap *soap = soap_new1(SOAP_XML_STRICT);
    char *answer;
    if (argc < 2 || soap_call_ns1__echo(soap, argv[1], NULL, "a", 7, 1, "b", &answer)) {
        soap_print_fault(soap, stderr);
        return 1;
    }
    puts(answer);
    return 0;
}
