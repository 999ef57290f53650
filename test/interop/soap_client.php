<?php
/*
 * PHP's SoapClient as a client of the sandbox, told what to call by lines of JSON.
 *
 * Usage: php soap_client.php <origin>. One request per line on standard input, one answer per line on standard output:
 *
 *     {"path": "/system/ws/1.3/soap.php", "operation": "getDeliveries", "arguments": ["SUP-1001", "…"]}
 *     {"result": …} or {"fault": {"code": …, "message": …, "actor": …}} or {"error": what PHP threw}
 *
 * Without an operation the answer lists the operations of the WSDL. SoapClient has its default options: what a person
 * writes who has read no further than its manual's first example.
 */

/* What JSON cannot carry as text goes as base64. */
function plain($value)
{
    if (is_string($value)) {
        return preg_match('//u', $value) ? $value : ['base64' => base64_encode($value)];
    }
    if (is_array($value)) {
        return array_map('plain', $value);
    }
    if (is_object($value)) {
        return (object) array_map('plain', get_object_vars($value));
    }
    return $value;
}

function operations(SoapClient $client): array
{
    $names = array_map(fn ($signature) => preg_replace('/^\S+ (\w+)\(.*$/s', '$1', $signature), $client->__getFunctions());
    sort($names);
    return array_values(array_unique($names));
}

function answer(SoapClient $client, object $request): array
{
    if (!isset($request->operation)) {
        return ['result' => ['operations' => operations($client)]];
    }
    try {
        return ['result' => plain($client->__soapCall($request->operation, $request->arguments))];
    } catch (SoapFault $fault) {
        $actor = $fault->faultactor ?? null;
        return ['fault' => ['code' => $fault->faultcode, 'message' => $fault->faultstring, 'actor' => $actor]];
    }
}

$origin = $argv[1];
$clients = [];
while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line, false, 512, JSON_THROW_ON_ERROR);
    try {
        $clients[$request->path] ??= new SoapClient("$origin$request->path?wsdl");
        $answer = answer($clients[$request->path], $request);
    } catch (Throwable $error) {
        $answer = ['error' => (string) $error];
    }
    echo json_encode($answer, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES), "\n";
}
