// What soapcpp2 reads: the types and operations that wsdl2h found in the WSDL, and the header of WS-Security.
#import "wsse.h"
#import "polywire.h"
