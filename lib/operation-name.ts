/** The name of a function as WSDL operation, MCP tool and OpenAPI operationId: dots become underscores. */
export function operationName(name: string): string {
  return name.replaceAll('.', '_');
}
