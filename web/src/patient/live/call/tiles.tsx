// Who else is in the call beside the person it is with: small, each with name and role.
import user from 'lucide-static/icons/user.svg?raw';
import type { Peer } from '../../../core/call/call';
import { Icon } from '../../../ui/icon';
import { t } from '../../../ui/words';
import { Picture } from '../parts';

interface TilesProps {
  peers: readonly Peer[];
  onSilenced(video: HTMLVideoElement): void;
}

export function Tiles({ peers, onSilenced }: TilesProps) {
  if (peers.length === 0) return null;
  return (
    <ul class="tiles">
      {peers.map((peer) => (
        <Tile key={peer.person.seat} peer={peer} onSilenced={onSilenced} />
      ))}
    </ul>
  );
}

function Tile({ peer, onSilenced }: { peer: Peer; onSilenced(video: HTMLVideoElement): void }) {
  const { name, role } = peer.person;
  return (
    <li class="tile">
      <Picture class={peer.shows ? '' : 'blank'} stream={peer.stream} label={t('call-picture-of', { who: name })} onSilenced={onSilenced} />
      {!peer.shows && <Icon of={user} />}
      <p>
        <strong>{name}</strong>
        <span>{peer.path === 'connected' ? t(`role-${role}`) : t('call-tile-connecting')}</span>
      </p>
    </li>
  );
}
