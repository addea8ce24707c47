// What the clinician typed for this person, in the paragraphs and lists in which it was typed.
import type { Instructions, InstructionPart } from '../../../core/records/content';

export function InstructionsView({ instructions }: { instructions: Instructions }) {
  return (
    <div class="instructions">
      {instructions.parts.map((part, i) => (
        <Part key={i} part={part} name={`part-${i}`} />
      ))}
    </div>
  );
}

/** Each line that can be pointed at has a name of its own. */
function Part({ part, name }: { part: InstructionPart; name: string }) {
  if ('paragraph' in part) return <p data-point={name}>{part.paragraph.join('\n')}</p>;
  if ('bullets' in part) {
    return (
      <ul>
        {part.bullets.map((words, i) => (
          <li key={i} data-point={`${name}-${i}`}>
            {words}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ol>
      {part.steps.map(({ number, words }, i) => (
        <li key={i} value={number} data-point={`${name}-${i}`}>
          {words}
        </li>
      ))}
    </ol>
  );
}
