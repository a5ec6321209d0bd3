/** Progress of long work: a bar in a terminal, plain lines elsewhere (logs, CI), nothing on standard output. */
import cliProgress from 'cli-progress';

export interface Progress {
    /** Work done so far, in the unit of `total`. */
    update(done: number): void;
    stop(): void;
}

/** `total` may be 0 when it is not known: then only what is done is told. */
export function startProgress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
    return stream.isTTY ? progressBar(label, total, stream) : progressLines(label, total, (line) => stream.write(line));
}

function progressBar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
    const format = total > 0 ? `${label} {bar} {percentage}% · {eta_formatted} left` : `${label} … {value}`;
    const bar = new cliProgress.SingleBar({ format, hideCursor: true, stream }, cliProgress.Presets.shades_classic);
    bar.start(total, 0);
    return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

/** A line at the start, at each quarter, and at the end. */
export function progressLines(label: string, total: number, write: (line: string) => void): Progress {
    let quarter = 0;
    let stopped = false;
    write(`${label} …\n`);
    return {
        update(done) {
            const now = total > 0 ? Math.floor((done / total) * 4) : 0;
            if (now > quarter && now < 4) {
                quarter = now;
                write(`${label} … ${now * 25} %\n`);
            }
        },
        stop() {
            if (!stopped) {
                stopped = true;
                write(`${label} … done\n`);
            }
        },
    };
}
