// One outlined icon. Views import the drawings they use, so that no page carries another's:
//   import mic from 'lucide-static/icons/mic.svg?raw';   <Icon of={mic} />
export function Icon({ of, label }: { of: string; label?: string }) {
  const named = label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label };
  return <span class="icon" {...named} dangerouslySetInnerHTML={{ __html: of }} />;
}
