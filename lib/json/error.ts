import type { AnyFunction } from '../define.ts';
import type { Fault } from '../fault.ts';
import { jsonWriter } from './write.ts';

/** The structured error object (DESIGN §4) as JSON text: safe to show, the cause left out. */
export function errorJson(fault: Fault, fn: AnyFunction | undefined, requestId: string): string {
  let text = `{"code":${JSON.stringify(fault.code)},"message":${JSON.stringify(fault.message)}`;
  if (fault.issues.length > 0) text += `,"issues":${JSON.stringify(fault.issues)}`;
  const data = fn !== undefined && Object.hasOwn(fn.errors, fault.code) ? fn.errors[fault.code]?.data : undefined;
  if (data !== undefined && fault.declared?.data !== undefined)
    text += `,"data":${jsonWriter(data)(fault.declared.data)}`;
  if (fault.retryAfter !== undefined) text += `,"retryAfter":${fault.retryAfter}`;
  text += `,"requestId":${JSON.stringify(requestId)}`;
  const help = fn?.helpUrls[0];
  if (help !== undefined) text += `,"help":${JSON.stringify(help)}`;
  return `${text}}`;
}
