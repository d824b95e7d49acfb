import { renderSVG } from 'uqr';

/** White around black in every theme: cameras do not read it the other way round. */
export default function Qr({ value, label }: { value: string; label: string }) {
  const source = `data:image/svg+xml,${encodeURIComponent(renderSVG(value, { border: 2 }))}`;
  return <img class="qr" src={source} alt={label} width={220} height={220} />;
}
