/** The names of the requirement sets of modelcontextprotocol/conformance (Apache-2.0), by the revision of MCP. */
export type Revision = keyof typeof scenarios;

/** Why a scenario is not for a server of functions. */
export const reasons = {
  content: 'results are structured content and its text: images, sounds and embedded resources are bytes in them',
  progress: 'functions do not tell how far they are',
  logging: 'nothing is logged to clients',
  completion: 'arguments are not completed',
  asking: 'a function asks its caller for nothing in between: no sampling, elicitation or roots',
  resources: 'there are no resources',
  prompts: 'there are no prompts',
  session: 'there are no sessions: the scenario ends before its first check',
} as const;

/** A scenario that is for us, less some of its checks, or one that is not. */
export type Sort = 'applies' | keyof typeof reasons;

/** What every required scenario is to us. */
export const scenarios = {
  '2025-11-25': {
    'server-initialize': 'applies',
    'logging-set-level': 'logging',
    ping: 'applies',
    'completion-complete': 'completion',
    'tools-list': 'applies',
    'tools-call-simple-text': 'applies',
    'tools-call-image': 'content',
    'tools-call-audio': 'content',
    'tools-call-embedded-resource': 'content',
    'tools-call-mixed-content': 'content',
    'tools-call-with-logging': 'logging',
    'tools-call-error': 'applies',
    'tools-call-with-progress': 'progress',
    'tools-call-sampling': 'asking',
    'tools-call-elicitation': 'asking',
    'elicitation-sep1034-defaults': 'asking',
    'server-sse-multiple-streams': 'session',
    'elicitation-sep1330-enums': 'asking',
    'resources-list': 'resources',
    'resources-read-text': 'resources',
    'resources-read-binary': 'resources',
    'resources-templates-read': 'resources',
    'resources-subscribe': 'resources',
    'resources-unsubscribe': 'resources',
    'prompts-list': 'prompts',
    'prompts-get-simple': 'prompts',
    'prompts-get-with-args': 'prompts',
    'prompts-get-embedded-resource': 'prompts',
    'prompts-get-with-image': 'prompts',
    'dns-rebinding-protection': 'applies',
  },
  '2026-07-28': {
    'server-stateless': 'applies',
    'completion-complete': 'completion',
    'tools-list': 'applies',
    'tools-call-simple-text': 'applies',
    'tools-call-image': 'content',
    'tools-call-audio': 'content',
    'tools-call-embedded-resource': 'content',
    'tools-call-mixed-content': 'content',
    'tools-call-error': 'applies',
    'tools-call-with-progress': 'progress',
    'server-sse-multiple-streams': 'applies',
    'resources-list': 'resources',
    'resources-read-text': 'resources',
    'resources-read-binary': 'resources',
    'resources-templates-read': 'resources',
    'sep-2164-resource-not-found': 'resources',
    'prompts-list': 'prompts',
    'prompts-get-simple': 'prompts',
    'prompts-get-with-args': 'prompts',
    'prompts-get-embedded-resource': 'prompts',
    'prompts-get-with-image': 'prompts',
    'dns-rebinding-protection': 'applies',
    caching: 'applies',
    'input-required-result-basic-elicitation': 'asking',
    'input-required-result-basic-sampling': 'asking',
    'input-required-result-basic-list-roots': 'asking',
    'input-required-result-request-state': 'asking',
    'input-required-result-multiple-input-requests': 'asking',
    'input-required-result-multi-round': 'asking',
    'input-required-result-missing-input-response': 'asking',
    'input-required-result-non-tool-request': 'asking',
    'input-required-result-result-type': 'asking',
    'input-required-result-unsupported-methods': 'asking',
    'input-required-result-tampered-state': 'asking',
    'input-required-result-capability-check': 'asking',
    'input-required-result-ignore-extra-params': 'asking',
    'input-required-result-validate-input': 'asking',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Sort>>>>;

/** Scenarios that the sets do not score, and that hold all the same. */
export const beyond: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [],
  '2026-07-28': ['http-header-validation'],
};

/** Checks inside of scenarios that apply, which are not for us. */
export const lessChecks: Readonly<Record<string, keyof typeof reasons>> = {
  'sep-2575-server-rejects-undeclared-capability': 'asking',
  'sep-2575-missing-capability-http-400': 'asking',
  'sep-2549-prompts-list-caching-hints': 'prompts',
  'sep-2549-resources-list-caching-hints': 'resources',
  'sep-2549-resources-templates-list-caching-hints': 'resources',
};
