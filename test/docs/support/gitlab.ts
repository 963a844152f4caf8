import { createServer, type IncomingMessage } from 'node:http'

/** A note on a merge request. */
export interface Note {
  readonly id: number
  readonly body: string
  readonly author: { readonly id: number }
}

/** An issue. */
export interface Issue {
  readonly iid: number
  readonly title: string
  readonly description: string | null
  readonly state: 'opened' | 'closed'
  readonly author: { readonly id: number }
}

/** A GitLab with one merge request, on this machine. */
export interface GitLab {
  /** The variables that its pipelines have. */
  readonly env: Readonly<Record<string, string>>
  readonly notes: readonly Note[]
  readonly issues: readonly Issue[]
  readonly close: () => void
}

/** Who the token belongs to. */
export const SELF = 7
const TOKEN = 'the-token-for-notes'
const PLACE = '/api/v4/projects/3/merge_requests/5/notes'
const ISSUES = '/api/v4/projects/3/issues'

/** Starts one. It answers what the documentation's script asks, and 404 to everything else. */
export async function startGitLab(
  given: readonly Note[] = [],
  givenIssues: readonly Issue[] = [],
): Promise<GitLab> {
  const notes = [...given]
  const issues = [...givenIssues]
  const server = createServer(async (request, response) => {
    const sent = new URLSearchParams(await textOf(request))
    const body = sent.get('body') ?? ''
    const answer = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    }
    if (request.headers['private-token'] !== TOKEN) return answer(401, {})
    const { pathname } = new URL(request.url ?? '', 'http://gitlab')
    const at = notes.findIndex(({ id }) => pathname === `${PLACE}/${id}`)
    const there = notes[at]
    if (request.method === 'GET' && pathname === '/api/v4/user') answer(200, { id: SELF })
    else if (request.method === 'GET' && pathname === PLACE) answer(200, notes)
    else if (request.method === 'POST' && pathname === PLACE) {
      notes.push({ id: 100 + notes.length, body, author: { id: SELF } })
      answer(201, {})
    } else if (request.method === 'PUT' && there) {
      notes[at] = { ...there, body }
      answer(200, {})
    } else if (request.method === 'GET' && pathname === ISSUES) {
      answer(
        200,
        issues.filter(({ state }) => state === 'opened'),
      )
    } else if (request.method === 'POST' && pathname === ISSUES) {
      const [title, description] = [sent.get('title') ?? '', sent.get('description')]
      issues.push({ iid: 10 + issues.length, title, description, state: 'opened', author: { id: SELF } })
      answer(201, {})
    } else if (request.method === 'PUT' && pathname.startsWith(`${ISSUES}/`)) {
      const place = issues.findIndex(({ iid }) => pathname === `${ISSUES}/${iid}`)
      const issue = issues[place]
      if (!issue) return answer(404, {})
      const state = sent.get('state_event') === 'close' ? 'closed' : issue.state
      issues[place] = { ...issue, description: sent.get('description') ?? issue.description, state }
      answer(200, {})
    } else answer(404, {})
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  return {
    notes,
    issues,
    close: () => server.close(),
    env: {
      CI_API_V4_URL: `http://127.0.0.1:${address.port}/api/v4`,
      CI_PROJECT_ID: '3',
      CI_MERGE_REQUEST_IID: '5',
      CI_JOB_URL: 'https://gitlab.example.com/jobs/1',
      MFA_NOTE_TOKEN: TOKEN,
    },
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += chunk
  return text
}
