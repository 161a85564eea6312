/** The parts of npm packages without types that the tests use; `xmlrpc` is typed where it is required. */
declare module 'davexmlrpc' {
  interface Fault {
    readonly faultCode?: number;
    readonly faultString?: string;
    readonly message: string;
  }
  const davexmlrpc: {
    client(
      url: string,
      method: string,
      params: readonly unknown[],
      format: 'xml' | 'json',
      done: (fault: Fault | undefined, value: unknown) => void,
    ): void;
  };
  export = davexmlrpc;
}

declare module 'strong-soap' {
  interface SoapError extends Error {
    readonly root?: { readonly Envelope: { readonly Body: { readonly Fault: unknown } } };
  }
  type Method = (params: unknown, done: (error: SoapError | null, result: unknown) => void) => void;
  type Client = Readonly<Record<string, Method>>;
  export const soap: {
    createClient(
      url: string,
      options: { readonly forceSoap12Headers?: boolean },
      done: (error: Error | null, client: Client) => void,
    ): void;
  };
}
