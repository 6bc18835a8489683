// What people call this device: "Chrome on Android".

const BROWSERS = [["Edge", /Edg/], ["Samsung Internet", /SamsungBrowser/], ["Firefox", /Firefox|FxiOS/], ["Chrome", /Chrome|CriOS/], ["Safari", /Safari/]];
const SYSTEMS = [["Android", /Android/], ["iPad", /iPad/], ["iPhone", /iPhone/], ["Windows", /Windows/], ["Mac", /Macintosh/], ["ChromeOS", /CrOS/], ["Linux", /Linux/]];

export function deviceName(agent = navigator.userAgent, touches = navigator.maxTouchPoints) {
  const system = named(SYSTEMS, agent, "a device");
  return `${named(BROWSERS, agent, "A browser")} on ${system === "Mac" && touches > 1 ? "iPad" : system}`; // iPads pretend to be Macs
}

function named(list, agent, otherwise) {
  return list.find(([, pattern]) => pattern.test(agent))?.[0] ?? otherwise;
}
