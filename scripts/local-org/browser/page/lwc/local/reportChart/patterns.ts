/** Fills that are told apart without colour: the first is plain, each of the others has a pattern of its own. */
export const COLOURS: readonly string[] = [
    '#0b5cab',
    '#c05600',
    '#0b827c',
    '#7526e3',
    '#5c5c5c',
    '#b60554',
    '#396547',
    '#8a6d00',
];

const SIZE = 10;
type Stroke = (context: CanvasRenderingContext2D) => void;

const line =
    (...points: readonly (readonly [number, number, number, number])[]): Stroke =>
    (context) => {
        context.beginPath();
        for (const [x1, y1, x2, y2] of points) {
            context.moveTo(x1, y1);
            context.lineTo(x2, y2);
        }
        context.stroke();
    };
const dot: Stroke = (context) => {
    context.beginPath();
    context.arc(SIZE / 2, SIZE / 2, 2, 0, 2 * Math.PI);
    context.fill();
};

const STROKES: readonly Stroke[] = [
    () => undefined,
    line([0, SIZE, SIZE, 0], [-2, 2, 2, -2], [SIZE - 2, SIZE + 2, SIZE + 2, SIZE - 2]),
    dot,
    line([0, SIZE / 2, SIZE, SIZE / 2]),
    line([SIZE / 2, 0, SIZE / 2, SIZE]),
    line([0, 0, SIZE, SIZE], [-2, SIZE - 2, 2, SIZE + 2], [SIZE - 2, -2, SIZE + 2, 2]),
    line([0, SIZE / 2, SIZE, SIZE / 2], [SIZE / 2, 0, SIZE / 2, SIZE]),
    line([0, SIZE, SIZE, 0], [0, 0, SIZE, SIZE]),
];

/** For the canvas that they are drawn on. A plain colour where it cannot make patterns. */
export function patternFills(canvas: HTMLCanvasElement): (string | CanvasPattern)[] {
    const target = canvas.getContext('2d');
    return COLOURS.map((colour, index) => {
        const tile = document.createElement('canvas');
        tile.width = tile.height = SIZE;
        const context = tile.getContext('2d');
        if (!target || !context) return colour;
        context.fillStyle = colour;
        context.fillRect(0, 0, SIZE, SIZE);
        context.strokeStyle = context.fillStyle = 'rgba(255, 255, 255, 0.75)';
        context.lineWidth = 1.5;
        STROKES[index]?.(context);
        return target.createPattern(tile, 'repeat') ?? colour;
    });
}
