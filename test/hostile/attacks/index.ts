import type { AttackClass } from '../attack.ts';
import { cdataAndComments } from './cdata-comments.ts';
import { contentTypes } from './content-types.ts';
import { credentials } from './credentials.ts';
import { crossSite } from './cross-site.ts';
import { documentsAndPages } from './documents-pages.ts';
import { httpFraming } from './http-framing.ts';
import { httpHeaders } from './http-headers.ts';
import { jsonrpcForm } from './jsonrpc-form.ts';
import { loginFloods } from './login-floods.ts';
import { multicallAmplification } from './multicall.ts';
import { multipart } from './multipart.ts';
import { numbersAndStrings } from './numbers-strings.ts';
import { objectTricks } from './object-tricks.ts';
import { queryAndForm } from './query-form.ts';
import { reflectedContent } from './reflected.ts';
import { signatures } from './signatures.ts';
import { slowAndMany } from './slow-many.ts';
import { soapAction } from './soap-action.ts';
import { soapEncoding } from './soap-encoding.ts';
import { soapProcessing } from './soap-processing.ts';
import { switchesAndDiscovery } from './switches.ts';
import { encodings } from './xml-encodings.ts';
import { xmlEntities } from './xml-entities.ts';
import { xmlForm } from './xml-form.ts';
import { xmlSize } from './xml-size.ts';
import { xmlrpcValues } from './xmlrpc-values.ts';

/** Every class of attacks, under the name that it has in the table of classes. */
export const attackClasses: readonly AttackClass[] = [
  xmlEntities,
  xmlSize,
  xmlForm,
  encodings,
  cdataAndComments,
  soapProcessing,
  soapAction,
  soapEncoding,
  contentTypes,
  jsonrpcForm,
  objectTricks,
  numbersAndStrings,
  xmlrpcValues,
  multicallAmplification,
  queryAndForm,
  multipart,
  httpHeaders,
  httpFraming,
  slowAndMany,
  signatures,
  credentials,
  switchesAndDiscovery,
  documentsAndPages,
  reflectedContent,
  crossSite,
  loginFloods,
];
