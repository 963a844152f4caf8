import { closed } from './json-schema-fields.ts'
import { type Node, named } from './json-schema-text.ts'

/** The environments of a file, by names of its own choice. */
export const ENVIRONMENTS: Node = {
  description:
    'Tenants that this file is for, each under a name for --env: its block is laid over the rest of the file',
  examples: [
    {
      dev: { tenant: 'acme-dev.eu.auth0.com', policy: 'never' },
      prod: {
        tenant: 'acme.eu.auth0.com',
        credentials: { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' },
      },
    },
  ],
  type: 'object',
  propertyNames: { minLength: 1 },
  additionalProperties: named('environment'),
}

/** One environment, where `sections` are what the file says of one tenant. */
export function environment(sections: Readonly<Record<string, Node>>): Node {
  return {
    description:
      'What one tenant has of its own. Its tenant is also its domain; objects merge with those of the file, lists and scalars replace',
    examples: [{ tenant: 'acme-dev.eu.auth0.com', policy: 'never' }],
    ...closed({ ...sections, credentials: named('credentials') }),
  }
}

const KEYS: Readonly<Record<string, Node>> = {
  client_id: reference('Client ID of the application that this tool acts as', '${PROD_ID}'),
  client_secret: reference("That application's secret", '${PROD_SECRET}'),
  signing_key: reference("That application's private key, as PEM", '${file:prod.pem}'),
  access_token: reference('Access token for the Management API', '${PROD_TOKEN}'),
}

const FORMS: readonly (readonly string[])[] = [
  ['client_id', 'client_secret'],
  ['client_id', 'signing_key'],
  ['access_token'],
]

/** How to get in to one environment, in place of the credentials of environment variables. */
export const CREDENTIALS: Node = {
  description:
    'In place of the credentials of environment variables: client_id with client_secret or with signing_key, or access_token alone',
  examples: [
    { client_id: '${PROD_ID}', client_secret: '${PROD_SECRET}' },
    { client_id: '${PROD_ID}', signing_key: '${file:prod.pem}' },
    { access_token: '${PROD_TOKEN}' },
  ],
  anyOf: FORMS.map(form => ({
    ...closed(Object.fromEntries(form.map(key => [key, KEYS[key] ?? {}]))),
    required: [...form],
  })),
}

function reference(description: string, example: string): Node {
  return {
    description: `${description}. A reference, never a literal`,
    examples: [example],
    ...named('secret'),
  }
}
