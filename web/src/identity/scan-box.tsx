import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../look/controls.tsx';

interface CodeDetector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
declare const BarcodeDetector: { new (options: { formats: string[] }): CodeDetector } | undefined;

/** Reads the code on a box with the phone's camera, where the browser can; elsewhere the code is typed. */
export function ScanBox({ word, onFound }: { word: string; onFound: (code: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [on, setOn] = useState(false);
  useEffect(() => {
    if (!on || typeof BarcodeDetector === 'undefined') return;
    const detector = new BarcodeDetector({ formats: ['qr_code', 'code_128', 'data_matrix'] });
    let stream: MediaStream | undefined;
    let timer: ReturnType<typeof setInterval> | undefined;
    const look = async () => {
      const [found] = video.current ? await detector.detect(video.current) : [];
      if (!found) return;
      onFound(found.rawValue.split('/').pop() ?? found.rawValue);
      setOn(false);
    };
    void navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      (opened) => {
        stream = opened;
        if (video.current) video.current.srcObject = opened;
        timer = setInterval(() => void look(), 300);
      },
      () => setOn(false),
    );
    return () => {
      clearInterval(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [on, onFound]);
  if (typeof BarcodeDetector === 'undefined') return null;
  return (
    <>
      {on && <video ref={video} autoPlay playsInline muted class="scan" />}
      <Button onClick={() => setOn(!on)}>{word}</Button>
    </>
  );
}
