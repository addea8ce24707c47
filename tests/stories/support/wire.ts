// The network between a phone and the relay, which stories can hurt: it loses a share of everything, or takes the phone's address away
// as a change from Wi-Fi to mobile does. Every five-tuple that comes has a way of its own to the relay and back.
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { freePorts } from "./gateway.ts";
import type { House } from "./house.ts";

interface Flow {
  out: Socket;
  isDead: boolean;
}

export class Wire implements AsyncDisposable {
  private readonly flows = new Map<string, Flow>();
  private loss = 0;

  private constructor(
    private readonly door: Socket,
    private readonly relayPort: number,
  ) {
    door.on("message", (packet, from) => this.carry(packet, from));
  }

  /** The relay of this house, which must be another process, is started behind the wire. */
  static async beforeTheRelayOf({ gateway }: House): Promise<Wire> {
    const [relayPort] = await freePorts(1);
    await gateway.startRelay({ HOUSECALL_RELAY__LISTEN: `0.0.0.0:${relayPort}` });
    const door = createSocket("udp4");
    door.bind(gateway.relayPort, "0.0.0.0");
    await once(door, "listening");
    return new Wire(door, relayPort as number);
  }

  /** Nothing comes through on the addresses that the phone has now, for ever; on others it does. */
  changesTheAddress(): void {
    for (const flow of this.flows.values()) flow.isDead = true;
  }

  /** A share of all packets, each way. */
  loses(share: number): void {
    this.loss = share;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { out } of this.flows.values()) out.close();
    this.door.close();
  }

  private carry(packet: Buffer, from: RemoteInfo): void {
    const flow = this.flows.get(`${from.address}:${from.port}`) ?? this.open(from);
    if (this.passes(flow)) flow.out.send(packet, this.relayPort, "127.0.0.1");
  }

  private open(from: RemoteInfo): Flow {
    const flow: Flow = { out: createSocket("udp4"), isDead: false };
    flow.out.on("message", (packet) => {
      if (this.passes(flow)) this.door.send(packet, from.port, from.address);
    });
    this.flows.set(`${from.address}:${from.port}`, flow);
    return flow;
  }

  private passes({ isDead }: Flow): boolean {
    return !isDead && Math.random() >= this.loss;
  }
}
