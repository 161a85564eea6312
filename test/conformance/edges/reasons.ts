// Why a cell is impossible, in one wording each.

export const noNull = 'a query or form has no null';
export const noEmpty = 'a query or form has no empty list, map or object: nothing sent is nothing given';
export const allText = 'every value is text there';
export const xmlOnly = 'only XML has this';
export const xmlrpcOnly = 'only XML-RPC has this';
export const soapOnly = 'only SOAP has this';
export const formsOnly = 'only a query or form has this';
export const queryLength = 'the header block has at most 16 KiB';

/** What is lost, in one wording. */
export const noSign = 'zero has no sign';
