<?php
// PHP, SOAP by WSDL: php soap.php (needs PHP's soap extension)
$url = getenv('POLYWIRE_URL') ?: 'http://127.0.0.1:8080';
$client = new SoapClient("$url/soap?wsdl", ['cache_wsdl' => WSDL_CACHE_NONE]);

echo $client->test_greet(['name' => 'Ana'])->result, "\n";

try {
    $client->test_fail(['reason' => 'because']);
} catch (SoapFault $fault) {
    $error = $fault->detail->TestRefusedFault;
    echo "$error->code: $error->message, try again {$error->data->attempts} times\n";
}
