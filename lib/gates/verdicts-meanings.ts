/** What it means that a gate has ended a call, for administrators. Total: a test looks for gates that are missing here. */
export const meanings: Readonly<Record<string, string>> = {
  site: 'Web services are switched off as a whole (enablewebservices).',
  protocol: 'The protocol is switched off (enabledwsprotocols).',
  headers: 'The request had more headers than are taken.',
  framing: 'The request was not HTTP/1, had more than one Host header, or another transfer coding than chunked.',
  host: 'The request was for a host that is not served here (allowedHosts, publicUrl).',
  origin: 'A web page of another site called that is not among corsOrigins.',
  'content-type': 'The request did not say what it carries.',
  https: 'The call came by plain HTTP, and httpsRequired is on.',
  address: 'The site takes no calls from this address (addresses).',
  flood: 'The address made too many requests in a minute (limits/floodPerMinute).',
  method: 'The address does not answer this HTTP method.',
  draining: 'The server was shutting down.',
  connections: 'The server had too many open connections (limits/connections).',
  authenticator:
    'The credentials were wrong, unknown, revoked, ambiguous or missing, as the authenticator behind the colon says.',
  login: 'There were too many attempts to log in from the address or to the account (logins).',
  password: 'The password could not be hashed: it was too long or empty, or too many were logging in at once.',
  validity: 'The credential or its user was not valid yet or not any more.',
  'credential-address': 'The credential may not be used from this address, or its user may not call from there.',
  function: 'There is no function of that name.',
  internal: 'The function is internal: it is never called from outside.',
  'function-off': 'The function is switched off (enabledwsfunctions).',
  service: 'The service does not exist, is disabled or has no such function, or wants to know which user calls.',
  'service-capability': 'The user lacks the capability that the service wants.',
  'service-user': 'The service is restricted, and the user is not among its users, or not at that time or from there.',
  identify: 'The function wants a known caller, and the call brought none.',
  'credential-protocol': 'The credential is not good for this protocol.',
  'credential-function': 'The credential is not good for this function.',
  webservice: 'The user has no role with webservice:use and the capability of the protocol.',
  capability: 'The caller lacks a capability that the function wants.',
  csrf: "The call came by a browser's session without its CSRF token.",
  effect: 'The function is called by POST only.',
  body: 'The request was larger than the function or the site allows, or compressed.',
  'large-bodies': 'The larger requests in work had all the memory that there is for them (limits/largeBodies).',
  quota: 'The calls that are allowed in a minute or a day were used up, or could not be counted.',
  context: 'The user lacks a capability in the context that the parameters name.',
  require: 'The function found that the user lacks a capability for what was asked.',
  document: 'The address has no document of the form that was asked for.',
  documents: 'Documents and lists of functions are for known callers (documents).',
  idempotency: 'The Idempotency-Key was wrong, in use, or not possible for this call or caller.',
  deadline: 'The function did not answer in time (limits/deadline).',
  caller: 'The caller went away before the answer.',
  store: 'The database was away, or refused the change.',
  seal: 'The site has no secret to encrypt with (POLYWIRE_SECRET).',
  key: 'Too many secrets of the key still work.',
  admin: 'The change would leave the site in a state that nobody wants.',
};

/** What a recorded outcome means: a code and, where one refused, the gate. */
export function meaningOf(code: string, gate: string | undefined): string {
  if (gate !== undefined) return meanings[gate.split(':', 1)[0] ?? gate] ?? `The gate ${gate} refused the call.`;
  if (code === 'ok') return 'The call was carried out.';
  return `No gate refused the call: the message, its parameters or the function itself ended it with ${code}.`;
}
