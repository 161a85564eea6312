/* The call by a stub of gSOAP, document/literal: call URL-OF-ENDPOINT */
#include "PolywireBinding.nsmap"
#include "soapH.h"

int main(int argc, char **argv)
{
    struct soap *soap = soap_new1(SOAP_XML_STRICT);
    struct _ns1__echo question = {"a", 7, 1, "b"};
    struct _ns1__echoResponse answer;
    if (argc < 2 || soap_call___ns1__echo(soap, argv[1], NULL, &question, &answer)) {
        soap_print_fault(soap, stderr);
        return 1;
    }
    puts(answer.result);
    return 0;
}
