// A service behind a proxy: it says who the proxy told it is there.
import { createServer } from 'node:http'

const port = Number(process.env.PORT || 9000)

createServer((request, response) => {
  const { 'x-daemun-user-id': user, 'x-daemun-social-id': social } = request.headers
  const email = decodeURIComponent(request.headers['x-daemun-user-email'] ?? '')
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ path: request.url, user, social, email }))
}).listen(port, '127.0.0.1')
