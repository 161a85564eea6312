<?php
// The call by PHP's SoapClient: call.php URL-OF-WSDL. Every function and type is read.
error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
$url = $argv[1];
$client = new SoapClient($url, [
    'cache_wsdl' => WSDL_CACHE_NONE,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
    'soap_version' => str_ends_with($url, '=1.2') ? SOAP_1_2 : SOAP_1_1,
]);
if ($client->__getFunctions() === [] || $client->__getTypes() === []) exit(1);
if (!str_ends_with($url, '=encoded')) {
    echo $client->echo(['class' => 'a', 'self' => 7, 'end' => true, 'default' => 'b'])->result, "\n";
} else {
    echo $client->echo('a', 7, true, 'b'), "\n";
}
