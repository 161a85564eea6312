import { t } from '../../lib/builders.ts';
import { define } from '../../lib/define.ts';
import { unwrap } from '../../lib/descriptor.ts';

const ParameterInfo = t.object('ParameterInfo', {
  name: t.string(),
  kind: t.string({ description: 'string, int, list, …' }),
  required: t.boolean(),
  description: t.string(),
});

const FunctionInfo = t.object('FunctionInfo', {
  description: t.string(),
  effect: t.enum(['read', 'write']),
  parameters: t.list(ParameterInfo),
});

export const apiList = define('system.api.list', {
  description: 'Lists the functions that are on, with their parameters.',
  effect: 'read',
  returns: t.map(FunctionInfo),
  examples: [{ params: {} }],
  handler: (_, call) =>
    Object.fromEntries(
      call.functions().map((fn) => [
        fn.name,
        {
          description: fn.description,
          effect: fn.effect,
          parameters: Object.entries(fn.params).map(([name, param]) => {
            const { core, optional } = unwrap(param);
            return {
              name,
              kind: core.kind,
              required: !optional,
              description: param.description ?? core.description ?? '',
            };
          }),
        },
      ]),
    ),
});
