import type { AnyFunction } from '../../lib/define.ts';
import { appPasswordFunctions } from './app-passwords.ts';
import { auditFunctions } from './audit.ts';
import { explainFunctions } from './explain.ts';
import { functionFunctions } from './functions.ts';
import type { AdminHouse } from './house.ts';
import { keyFunctions } from './keys.ts';
import { roleFunctions } from './roles.ts';
import { serviceFunctions } from './services.ts';
import { settingFunctions } from './settings.ts';
import { switchFunctions } from './switches.ts';
import { tokenFunctions } from './tokens.ts';
import { usageFunctions } from './usage.ts';
import { usageCsvFunctions } from './usage-csv.ts';
import { usageQuotaFunctions } from './usage-quotas.ts';
import { userFunctions } from './users.ts';

/** The functions by which administrators run the site; each is switched on by its name and asks for a capability. */
export function adminFunctions(house: AdminHouse): readonly AnyFunction[] {
  return [
    keyFunctions,
    tokenFunctions,
    userFunctions,
    appPasswordFunctions,
    roleFunctions,
    serviceFunctions,
    settingFunctions,
    switchFunctions,
    functionFunctions,
    auditFunctions,
    explainFunctions,
    usageFunctions,
    usageQuotaFunctions,
    usageCsvFunctions,
  ].flatMap((functions) => functions(house));
}
