import type { Descriptor, Fields, ObjectDescriptor } from '../lib/descriptor.ts';
import { faultElement, standardFaultElement } from './names.ts';

/** Descriptors as literals: this folder takes only types from lib, and nothing is ever validated against these. */
const text = (description?: string) => ({ kind: 'string', ...(description && { description }) }) as Descriptor;
const optional = (inner: object) => ({ kind: 'optional', inner }) as Descriptor;

const Issue = {
  kind: 'object',
  name: 'PolywireIssue',
  description: 'One thing that is wrong with the parameters or the result.',
  fields: {
    path: text('Where, as users/3/email; empty for the whole.'),
    code: text('What kind of mistake.'),
    message: text('What is wrong.'),
  } as Fields,
} as ObjectDescriptor;

const issues = optional({ kind: 'list', item: Issue });

/** The standard error object, as `detail` holds it (DESIGN §4): write it with the writer of any other object. */
export const standardFault = {
  kind: 'object',
  name: standardFaultElement,
  description: 'What went wrong with a call.',
  fields: {
    code: text('What happened: one of a closed list of codes, or a code that the function declares.'),
    message: text('What happened, in a sentence.'),
    issues,
    retryAfter: optional({ kind: 'int', description: 'Seconds after which a retry may succeed.' }),
    requestId: text('The name under which the server noted the request.'),
    help: optional(text('An address where more is told.')),
  } as Fields,
} as ObjectDescriptor;

/** The error object for an error that a function declares: the members of the standard one, and its data if it has any. */
export function declaredFault(code: string, data?: ObjectDescriptor): ObjectDescriptor {
  return {
    kind: 'object',
    name: faultElement(code),
    description: `The error ${code}: as ${standardFaultElement}${data === undefined ? '' : ', with data'}.`,
    fields: {
      code: text(),
      message: text(),
      issues,
      ...(data && { data }),
      retryAfter: optional({ kind: 'int' }),
      requestId: text(),
      help: optional(text()),
    } as Fields,
  } as ObjectDescriptor;
}
