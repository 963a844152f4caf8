// Stands for GitHub's `gh` in tests: `gh.js STATE api …`. It knows what the action asks for, keeps what GitHub would keep
// in the file STATE, and refuses everything else. Lists come in pages of two. `--jq` is done by the machine's jq.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const JQ = 'jq'
const [state, command, ...args] = process.argv.slice(2)

function refuse(why) {
  process.stderr.write(`gh: ${why}\n`)
  process.exit(64)
}

if (process.env.GH_TOKEN !== 'the-token-of-the-run') refuse('no token')
if (command !== 'api') refuse(`not understood: ${command}`)

let [method, path, filter] = ['GET', '', '']
const fields = {}
while (args.length > 0) {
  const arg = args.shift()
  if (arg === '--silent' || arg === '--paginate') continue
  if (arg === '--method') method = args.shift()
  else if (arg === '--jq') filter = args.shift()
  else if (arg === '--field' || arg === '--raw-field') {
    const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(args.shift()) ?? refuse('a field without a value')
    fields[name] = arg === '--field' && value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value
  } else if (arg.startsWith('-') || path) refuse(`not understood: ${arg}`)
  else path = arg
}

const posts = JSON.parse(readFileSync(state, 'utf8'))
const [, where, query] =
  /^repos\/your-org\/identity\/([^?]+)\??(.*)$/.exec(path) ?? refuse(`not understood: ${path}`)
const kind = where.includes('comments') ? 'comments' : 'issues'

if (method === 'GET') {
  const found = posts[kind].filter(({ state }) => !query.includes('state=open') || state !== 'closed')
  for (let at = 0; at < found.length; at += 2) {
    const { stdout, stderr, status } = spawnSync(JQ, ['--raw-output', filter], {
      input: JSON.stringify(found.slice(at, at + 2)),
      encoding: 'utf8',
    })
    if (status !== 0) refuse(`jq: ${stderr}`)
    process.stdout.write(stdout)
  }
} else if (method === 'POST') {
  const id = 100 + posts.comments.length + posts.issues.length
  posts[kind].push({ id, number: id, user: { type: 'Bot' }, ...fields })
} else if (method === 'PATCH') {
  const id = Number(/(?:comments|issues)\/(\d+)$/.exec(where)?.[1])
  const post = posts[kind].find(post => post.id === id) ?? refuse(`there is no ${where}`)
  Object.assign(post, fields)
} else refuse(`not understood: ${method}`)
writeFileSync(state, JSON.stringify(posts))
