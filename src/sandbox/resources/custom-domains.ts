import * as z from 'zod/mini'
import { itemsOf, keepItem } from '../collection.ts'
import { ApiError } from '../errors.ts'
import { selected } from '../fields.ts'
import { fieldsOf, inOrder } from '../json.ts'
import { newId } from '../random.ts'
import type { Resource } from '../resource.ts'

const path = '/custom-domains'
const names = [
  'custom_domain_id',
  'domain',
  'primary',
  'status',
  'type',
  'verification',
  'custom_client_ip_header',
  'domain_metadata',
  'relying_party_identifier',
]
const label =
  /^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9])\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])$/

/**
 * The tenant's own domains: at first none (recorded). Assumption: no paging; the first domain is the primary one; and a
 * new one is ready at once, where Auth0 would wait for a record in the DNS.
 */
export const customDomains: Resource = {
  path,
  operations: {
    GET: {
      scope: 'read:custom_domains',
      answer: ({ kept, query }) => {
        const domains = itemsOf(kept, path).map(domain => selected(inOrder(names, domain), query))
        return { status: 200, body: domains }
      },
    },
    POST: {
      scope: 'create:custom_domains',
      body: z.strictObject({
        domain: z.string().check(z.minLength(3), z.maxLength(255), z.regex(label)),
        type: z.enum(['auth0_managed_certs', 'self_managed_certs']),
        verification_method: z.optional(z.enum(['txt'])),
        tls_policy: z.optional(z.enum(['recommended'])),
        custom_client_ip_header: z.optional(z.nullable(z.string())),
        domain_metadata: z.optional(z.record(z.string(), z.nullable(z.string()))),
        relying_party_identifier: z.optional(z.string().check(z.maxLength(255))),
      }),
      answer: ({ kept }, body) => {
        const { domain = null, ...sent } = fieldsOf(body)
        const others = itemsOf(kept, path)
        // The message is that of Auth0's OpenAPI. Assumption: it has no code.
        if (others.some(other => other.domain === domain)) {
          throw new ApiError(409, 'Custom domain already exists.')
        }
        const id = newId('cd_', 16)
        const method = {
          name: 'txt',
          record: `auth0-domain-verification=${id}`,
          domain: `_cf-custom-hostname.${domain}`,
        }
        const state = { primary: others.length === 0, status: 'ready', verification: { methods: [method] } }
        const created = { ...sent, ...state, id, custom_domain_id: id, domain }
        keepItem(kept, path, created)
        return { status: 201, body: inOrder(names, created) }
      },
    },
  },
}
