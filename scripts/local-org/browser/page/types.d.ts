/** Types of modules that only the page imports. */
declare module 'lightning/toast' {
    const Toast: {
        show(config: {
            label: string;
            message?: string;
            variant?: 'info' | 'success' | 'warning' | 'error';
            mode?: 'dismissible' | 'pester' | 'sticky';
        }): void;
    };
    export default Toast;
}
declare module 'lightning/toastContainer' {
    const ToastContainer: { instance(): { maxToasts: number; toastPosition: string } };
    export default ToastContainer;
}
/** Made by the build: see build.ts. */
declare module 'local/productComponents' {
    import type { LightningElement } from 'lwc';
    export const productComponents: Readonly<Record<string, (() => Promise<typeof LightningElement>) | undefined>>;
}
