window.dispatchEvent(new Event("privity:loaded"));
