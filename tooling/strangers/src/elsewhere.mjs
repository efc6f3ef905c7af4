// Loaded before an example that is pasted as it is: the provider's address becomes the simulator's, a port any free one.
import { Server } from 'node:net'

const { fetch } = globalThis
const provider = 'https://api.alltoken.ai/v1'
globalThis.fetch = (url, init) => fetch(String(url).replace(provider, process.env.SIMULATOR_URL), init)

const { listen } = Server.prototype
Server.prototype.listen = function (_port, ...rest) {
  this.once('listening', () => console.log(`listening at ${this.address().port}`))
  return listen.call(this, 0, ...rest)
}
