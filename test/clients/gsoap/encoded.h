// The same for rpc/encoded, where gSOAP looks for the detail of a fault under the name of its message, not of its type.
#import "client.h"
mutable struct SOAP_ENV__Detail {
  polywire__PolywireFault *polywire__PolywireFault_;
  polywire__TestRefusedFault *polywire__TestRefusedFault_;
};
