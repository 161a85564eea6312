import { onlyReal, type Reasons, words } from './verdicts-reasons.ts';
import { methodsOf } from './verdicts-supposition.ts';

/** What the gates of the door have to say, in their order. */
export const doorReasons = {
  site: {
    pass: () => 'Web services are on',
    refuse: () => 'Web services are off: enablewebservices switches them on',
  },
  protocol: {
    pass: ({ protocol }) => `${protocol.name} is on`,
    refuse: ({ protocol, settings }) =>
      `${protocol.name} is not among enabledwsprotocols: ${words(settings.enabledwsprotocols)}`,
  },
  headers: onlyReal(() => 'A request may have at most 100 headers'),
  framing: onlyReal(() => 'A request must be HTTP/1, have one Host header, and no transfer coding but chunked'),
  host: {
    pass: ({ host }) => `${host} is a name of this site`,
    refuse: ({ host, settings }) =>
      `${host} is neither among allowedHosts (${words(settings.allowedHosts)}) nor the host of publicUrl (${settings.publicUrl ?? 'none'}); names of this machine are good on this machine only`,
  },
  origin: {
    pass: ({ origin }) => `${origin} is this site itself or among corsOrigins`,
    refuse: ({ origin, settings }) => `${origin} is not among corsOrigins: ${words(settings.corsOrigins)}`,
    idle: ({ origin }) => (origin === undefined ? 'No web page calls' : undefined),
  },
  'content-type': onlyReal(() => 'A POST must say what it carries'),
  https: {
    pass: ({ https, settings }) => {
      if (https) return 'The call comes by HTTPS';
      return settings.httpsRequired ? 'Plain HTTP is taken from this machine itself' : 'httpsRequired is off';
    },
    refuse: () => 'The call comes by plain HTTP, and httpsRequired is on',
  },
  address: {
    pass: ({ address, settings }) =>
      settings.addresses.length === 0 ? 'Every address may call' : `${address} is among addresses`,
    refuse: ({ address, settings }) => `${address} is not among addresses: ${words(settings.addresses)}`,
  },
  flood: onlyReal(({ settings: { limits } }) =>
    limits.floodPerMinute === 0
      ? 'There is no limit to the requests of an address'
      : `Each address has ${limits.floodPerMinute} requests a minute; those made are not counted here`,
  ),
  method: {
    pass: ({ protocol, method }) => `${protocol.name} answers ${method}`,
    refuse: (supposed) => `${supposed.protocol.name} answers ${words(methodsOf(supposed))}, not ${supposed.method}`,
  },
} as const satisfies Readonly<Record<string, Reasons>>;
