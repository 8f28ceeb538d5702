// With --dev (the page then shows its debug footer): reloads the page when a template or an asset changed.
export function reload(): void {
    if (!document.querySelector(".dev")) return;
    let seen = "";
    setInterval(async () => {
        const version = await fetch("/dev/version").then((reply) => reply.text()).catch(() => seen);
        if (seen !== "" && version !== seen) location.reload();
        seen = version;
    }, 1000);
}
