// The clinician's pages.
import '../ui/tokens.css';
import '../ui/base.css';
