// The map's frame in the page, and the map in it.

/** @type {() => HTMLIFrameElement | null} */
export const mapFrame = () => document.querySelector('iframe[title="streamlit_folium.st_folium"]');

export const mapInFrame = () => mapFrame()?.contentWindow?.atlas;
